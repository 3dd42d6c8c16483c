#include "inc/x86.h"
#include "kern/kbd.h"

enum {
	KBD_DATA	= 0x60,
	KBD_STATUS	= 0x64,
	KBD_FULL	= 0x01,	/* a code waits */
	KBD_MOUSE	= 0x20,	/* ... and it is the mouse's */

	KEY_RELEASED	= 0x80,	/* set 1: bit 7 of a code */
	KEY_CTRL	= 0x1D,
	KEY_LSHIFT	= 0x2A,
	KEY_RSHIFT	= 0x36,
};

/* Set 1 of the codes, United States layout; 0: no character. */
static const char plain[] =
	"\0\0331234567890-=\b\tqwertyuiop[]\n\0asdfghjkl;'`\0\\zxcvbnm,./"
	"\0*\0 ";
static const char shifted[] =
	"\0\033!@#$%^&*()_+\b\tQWERTYUIOP{}\n\0ASDFGHJKL:\"~\0|ZXCVBNM<>?"
	"\0*\0 ";

static bool shift, ctrl;

static int key_char(uint8_t key)
{
	int c;

	if (key >= sizeof(plain))
		return -1;
	c = shift ? shifted[key] : plain[key];
	if (ctrl && c >= 'a' && c <= 'z')
		c &= 0x1F;
	return c != 0 ? c : -1;
}

int kbd_getc(void)
{
	uint8_t status = inb(KBD_STATUS);
	uint8_t code, key;

	if (status == 0xFF || !(status & KBD_FULL))
		return -1;
	code = inb(KBD_DATA);
	if (status & KBD_MOUSE)
		return -1;
	key = code & ~KEY_RELEASED;
	if (key == KEY_LSHIFT || key == KEY_RSHIFT)
		shift = !(code & KEY_RELEASED);
	else if (key == KEY_CTRL)
		ctrl = !(code & KEY_RELEASED);
	else if (!(code & KEY_RELEASED))
		return key_char(key);
	return -1;
}
