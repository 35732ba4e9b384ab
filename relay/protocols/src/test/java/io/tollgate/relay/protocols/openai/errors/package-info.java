@NullMarked
package io.tollgate.relay.protocols.openai.errors;

import org.jspecify.annotations.NullMarked;
