@NullMarked
package io.tollgate.relay.protocols.openai.answer;

import org.jspecify.annotations.NullMarked;
