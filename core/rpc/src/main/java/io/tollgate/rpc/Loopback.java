package io.tollgate.rpc;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells whether an address is reached from this machine only. */
final class Loopback {
  private Loopback() {}

  static boolean contains(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
