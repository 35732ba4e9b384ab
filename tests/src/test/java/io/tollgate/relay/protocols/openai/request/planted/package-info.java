/** Planted for a test: code that breaks the picture of the protocols' rooms. */
@NullMarked
package io.tollgate.relay.protocols.openai.request.planted;

import org.jspecify.annotations.NullMarked;
