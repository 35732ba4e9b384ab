@NullMarked
package io.tollgate.relay.protocols.anthropic.errors;

import org.jspecify.annotations.NullMarked;
