/** Typed configuration: settings with names and defaults, read from flags, environment and file. */
@NullMarked
package io.tollgate.ground.config;

import org.jspecify.annotations.NullMarked;
