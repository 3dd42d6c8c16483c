#ifndef KERN_PIC_H
#define KERN_PIC_H

/* Gives the two 8259 the vectors from IRQ_OFFSET on, and closes every line. */
void pic_init(void);

/* Lets irq in. */
void pic_enable(int irq);
/* From now on irq is heard as long as its line is high, and not once for each
 * rise. */
void pic_set_level(int irq);
/* irq has been attended. */
void pic_eoi(int irq);

#endif
