/**
 * What OpenAI's protocols have in common, whichever endpoint speaks: errors, the form of usage
 * reports, lists of models.
 */
@NullMarked
package io.tollgate.relay.protocols.internal.openai;

import org.jspecify.annotations.NullMarked;
