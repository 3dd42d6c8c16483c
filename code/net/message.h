#ifndef NET_MESSAGE_H
#define NET_MESSAGE_H

/* What messages there are. */
enum message_type {
	MSG_WIRE = 1,			/* of test=wire */

	/* from a home to the node of a guest (hpc/guest.c) */
	MSG_PREPARE,			/* is there room for one? */
	MSG_PAGE,			/* a piece of its memory */
	MSG_STATE,			/* the rest: it is complete */
	MSG_COMMIT,			/* it is yours: let it run */
	MSG_SEND,			/* send it to another node */
	MSG_COME,			/* send it home */
	MSG_RESUME,			/* it stays with you: it does not go
					 * to the node in value (0: home) */
	MSG_RELEASE,			/* it is not yours any more */
	MSG_ENVS,			/* what has changed in envs[] */
	MSG_ENVS_END,			/* you need not know any more */

	/* from there to its home (hpc/home.c) */
	MSG_ACCEPT,			/* there is room; or an error */
	MSG_READY,			/* it has arrived; or an error */
	MSG_FAIL,			/* it could not be sent */
	MSG_COMING,			/* it is on its way home */
	MSG_PAGE_HOME,
	MSG_STATE_HOME,

	/* system calls of a process that is away (hpc/remote.c, hpc/deputy.c) */
	MSG_CALL,			/* to its home: a call */
	MSG_REPLY,			/* what came of it */
	MSG_COPY,			/* to where it is: of its memory */
	MSG_COPIED,
	MSG_REGS,			/* of its registers */
	MSG_REGS_ARE,
	MSG_HATCHED,			/* to its home: the child is there */
	MSG_START,			/* somebody has started it */
};

#endif
