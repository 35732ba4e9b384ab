package io.tollgate.web;

/** A port could not be listened on; the message says which, who set it, and what to do. */
public final class PortUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortUnavailableException(Listener listener, String address, Throwable cause) {
    super(message(listener, address, cause), cause);
  }

  private static String message(Listener listener, String address, Throwable cause) {
    String flag = "--" + listener.portSetting().replace('.', '-');
    return "cannot listen on "
        + address
        + ":"
        + listener.port()
        + " for the "
        + listener.name()
        + " server: "
        + cause.getMessage()
        + "; another program, or another Tollgate, may hold the port (see who: ss -ltnp 'sport = :"
        + listener.port()
        + "'); stop it, or choose another port with "
        + flag;
  }
}
