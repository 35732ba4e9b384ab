@NullMarked
package io.tollgate.web;

import org.jspecify.annotations.NullMarked;
