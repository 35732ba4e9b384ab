@NullMarked
package io.tollgate.ground.module;

import org.jspecify.annotations.NullMarked;
