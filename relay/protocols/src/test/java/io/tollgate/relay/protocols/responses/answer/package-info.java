@NullMarked
package io.tollgate.relay.protocols.responses.answer;

import org.jspecify.annotations.NullMarked;
