@NullMarked
package io.tollgate.relay.protocols.embeddings;

import org.jspecify.annotations.NullMarked;
