#ifndef NET_MESSAGE_H
#define NET_MESSAGE_H

/* What messages there are. */
enum message_type {
	MSG_WIRE = 1,			/* of test=wire */
};

#endif
