/** How tests make a process die at a step that it names. */
@NullMarked
package io.tollgate.ground.crash;

import org.jspecify.annotations.NullMarked;
