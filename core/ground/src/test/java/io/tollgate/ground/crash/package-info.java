@NullMarked
package io.tollgate.ground.crash;

import org.jspecify.annotations.NullMarked;
