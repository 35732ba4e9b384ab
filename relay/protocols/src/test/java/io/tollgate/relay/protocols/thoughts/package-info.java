/** What models thought, remembered for callers whose protocol has no place for it. */
@NullMarked
package io.tollgate.relay.protocols.thoughts;

import org.jspecify.annotations.NullMarked;
