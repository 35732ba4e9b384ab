@NullMarked
package io.tollgate.relay.protocols.openai.documents;

import org.jspecify.annotations.NullMarked;
