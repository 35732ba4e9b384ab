package io.tollgate.relay.protocols;

import io.tollgate.relay.protocols.forms.BodySource;
import io.tollgate.relay.protocols.forms.Form;

/** A kind of request that callers may make as a form with files. Safe on any thread. */
public interface FormRoute extends CallerRoute {
  /**
   * Reads a form.
   *
   * @param body the whole form, in which its files are; reading it may block
   * @throws RequestFault saying what was given and what was expected
   */
  CallerRequest read(RequestHead head, Form form, BodySource body);
}
