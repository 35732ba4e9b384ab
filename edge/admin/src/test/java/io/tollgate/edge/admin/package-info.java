@NullMarked
package io.tollgate.edge.admin;

import org.jspecify.annotations.NullMarked;
