package io.tollgate.identity.internal.signon;

import io.tollgate.identity.EmailAddress;
import java.util.Optional;

/**
 * Who somebody is at a provider.
 *
 * @param email one that the provider says it has verified
 */
record Identity(String issuer, String subject, Optional<EmailAddress> email) {}
