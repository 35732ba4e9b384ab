@NullMarked
package io.tollgate.relay.protocols.internal.openai;

import org.jspecify.annotations.NullMarked;
