/** What the relay is measured beside, and the upstream that all of them lead to. */
@NullMarked
package io.tollgate.bench.peers;

import org.jspecify.annotations.NullMarked;
