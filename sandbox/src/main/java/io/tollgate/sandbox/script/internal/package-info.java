/** How a scripted upstream reads requests and plays scripts. */
@NullMarked
package io.tollgate.sandbox.script.internal;

import org.jspecify.annotations.NullMarked;
