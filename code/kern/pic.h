#ifndef KERN_PIC_H
#define KERN_PIC_H

/* Gives the two 8259 the vectors from IRQ_OFFSET on, and closes every line. */
void pic_init(void);

/* Lets irq in. */
void pic_enable(int irq);
/* irq has been attended. */
void pic_eoi(int irq);

#endif
