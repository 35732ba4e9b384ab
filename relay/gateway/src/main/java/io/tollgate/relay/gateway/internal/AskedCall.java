package io.tollgate.relay.gateway.internal;

import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.FreeRoute;

/** What kind of request a call is. */
sealed interface AskedCall {
  /** One that is charged by what it uses. */
  record Charged(CallerRoute route) implements AskedCall {}

  /** One that is answered here, free. */
  record Free(FreeRoute route) implements AskedCall {}
}
