@NullMarked
package io.tollgate.relay.protocols.gemini;

import org.jspecify.annotations.NullMarked;
