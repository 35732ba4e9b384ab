/** The relay as official SDKs and plain clients see it, and what it charges. */
@NullMarked
package io.tollgate.tests.relay;

import org.jspecify.annotations.NullMarked;
