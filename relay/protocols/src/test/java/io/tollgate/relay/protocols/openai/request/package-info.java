@NullMarked
package io.tollgate.relay.protocols.openai.request;

import org.jspecify.annotations.NullMarked;
