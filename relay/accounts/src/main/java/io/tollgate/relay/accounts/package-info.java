/**
 * Providers of AI models and our accounts with them: which account serves a request, and which rest
 * after a failure. Knows nothing of the users' money.
 */
@NullMarked
package io.tollgate.relay.accounts;

import org.jspecify.annotations.NullMarked;
