package io.tollgate.sandbox.internal.pay;

/** How a channel writes a notification, and which answer it takes for an acknowledgement. */
interface NoticeForm {
  Outgoing write(PayNotice notice);

  boolean isTaken(int status, String body);
}
