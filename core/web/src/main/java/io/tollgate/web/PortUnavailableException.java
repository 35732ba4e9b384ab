package io.tollgate.web;

/** A port could not be listened on; the message says which, who set it, and what to do. */
public final class PortUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PortUnavailableException(ListeningPort listener, String address, Throwable cause) {
    super(message(listener, address, cause), cause);
  }

  private static String message(ListeningPort listener, String address, Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    String flag = "--" + listener.portSetting().replace('.', '-');
    String mend;
    if (reason.contains("in use")) {
      mend =
          "another program, or another Tollgate, holds the port (see who: ss -ltnp 'sport = :"
              + listener.port()
              + "'); stop it, or choose another port with "
              + flag;
    } else if (reason.contains("ermission")) {
      mend = "ports below 1024 need a privilege; choose another port with " + flag;
    } else {
      mend = "check the address and the port (" + flag + ")";
    }
    return "cannot listen on "
        + address
        + ":"
        + listener.port()
        + " for the "
        + listener.name()
        + " server: "
        + reason
        + "; "
        + mend;
  }
}
