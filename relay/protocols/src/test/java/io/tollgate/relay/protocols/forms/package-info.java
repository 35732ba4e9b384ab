@NullMarked
package io.tollgate.relay.protocols.forms;

import org.jspecify.annotations.NullMarked;
