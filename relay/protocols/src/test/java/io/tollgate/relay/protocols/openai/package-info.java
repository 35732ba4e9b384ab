@NullMarked
package io.tollgate.relay.protocols.openai;

import org.jspecify.annotations.NullMarked;
