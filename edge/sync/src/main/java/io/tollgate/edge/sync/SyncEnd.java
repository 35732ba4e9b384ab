package io.tollgate.edge.sync;

/** Why we end a connection, and the code with which a WebSocket is closed. */
enum SyncEnd {
  /** The token was none from the beginning. */
  BAD_TOKEN(4401, "token missing or not known"),
  /** The token was good and is so no longer. */
  REVOKED(4403, "the token is not valid any more"),
  /** An administrator has ended it; its token is as good as before. */
  DISCONNECTED(4408, "disconnected by an administrator"),
  /** The server stops: another one takes over. */
  STOPPING(1001, "the server is stopping"),
  /** Nothing was heard for too long. */
  SILENT(1001, "nothing was heard for too long"),
  /** What it missed cannot be read. */
  FAILED(1011, "events cannot be read now");

  private final short code;
  private final String reason;

  SyncEnd(int code, String reason) {
    this.code = (short) code;
    this.reason = reason;
  }

  short code() {
    return code;
  }

  String reason() {
    return reason;
  }
}
