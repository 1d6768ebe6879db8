/** Every page: styles and fonts. Pages work without any script. */

import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./styles/index.css";
