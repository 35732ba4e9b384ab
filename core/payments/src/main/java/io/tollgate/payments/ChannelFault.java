package io.tollgate.payments;

/** A call to a channel that did not work. Its message carries no secret. */
public final class ChannelFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What is known of the call. */
  public enum Kind {
    /** The channel refused it: nothing was done, and the same call will be refused again. */
    REFUSED,
    /** No answer, or one that cannot be read: it may have been done or not. */
    UNKNOWN,
    /** The channel has not got it yet; later it will. */
    NOT_READY
  }

  public ChannelFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public ChannelFault(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public static ChannelFault refused(String message) {
    return new ChannelFault(Kind.REFUSED, message);
  }

  public static ChannelFault unknown(String message) {
    return new ChannelFault(Kind.UNKNOWN, message);
  }

  public Kind kind() {
    return kind;
  }
}
