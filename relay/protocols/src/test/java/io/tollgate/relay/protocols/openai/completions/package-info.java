@NullMarked
package io.tollgate.relay.protocols.openai.completions;

import org.jspecify.annotations.NullMarked;
