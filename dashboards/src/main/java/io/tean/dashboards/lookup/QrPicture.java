package io.tean.dashboards.lookup;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as an SVG path of dark rows.
 *
 * @param side of the square in modules, the empty edge of four that readers need included
 * @param path in units of modules
 */
public record QrPicture(int side, String path) {
    private static final int EDGE = 4;

    /** With a quarter of it restored when a label has been scratched. */
    static QrPicture of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.QUARTILE);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                int from = x;
                while (code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    int length = x - from;
                    path.append('M')
                            .append(from + EDGE)
                            .append(',')
                            .append(y + EDGE)
                            .append('h')
                            .append(length)
                            .append("v1h-")
                            .append(length)
                            .append('z');
                }
            }
        }
        return new QrPicture(code.size + 2 * EDGE, path.toString());
    }
}
