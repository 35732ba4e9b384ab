@NullMarked
package io.tollgate.relay.protocols.anthropic.answer;

import org.jspecify.annotations.NullMarked;
