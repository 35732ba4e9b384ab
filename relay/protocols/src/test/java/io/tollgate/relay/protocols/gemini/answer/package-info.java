@NullMarked
package io.tollgate.relay.protocols.gemini.answer;

import org.jspecify.annotations.NullMarked;
