@NullMarked
package io.tollgate.relay.protocols.gemini.request;

import org.jspecify.annotations.NullMarked;
