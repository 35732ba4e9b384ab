@NullMarked
package io.tollgate.relay.protocols.gemini.errors;

import org.jspecify.annotations.NullMarked;
