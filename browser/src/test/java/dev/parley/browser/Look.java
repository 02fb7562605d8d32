package dev.parley.browser;

import com.microsoft.playwright.options.ColorScheme;

/** How a page is looked at. */
public enum Look {
    LIGHT(ColorScheme.LIGHT, 1280, 800),
    DARK(ColorScheme.DARK, 1280, 800),
    PHONE(ColorScheme.LIGHT, 360, 740),
    PHONE_DARK(ColorScheme.DARK, 360, 740);

    final ColorScheme scheme;
    final int width;
    final int height;

    Look(ColorScheme scheme, int width, int height) {
        this.scheme = scheme;
        this.width = width;
        this.height = height;
    }
}
