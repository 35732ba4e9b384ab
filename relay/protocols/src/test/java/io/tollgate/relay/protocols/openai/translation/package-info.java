@NullMarked
package io.tollgate.relay.protocols.openai.translation;

import org.jspecify.annotations.NullMarked;
