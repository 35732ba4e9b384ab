@NullMarked
package io.tollgate.relay.protocols.anthropic;

import org.jspecify.annotations.NullMarked;
