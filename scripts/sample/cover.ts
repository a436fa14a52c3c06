// The sample album's cover: a record at dawn, with the red arm on it. No text, so no font matters.

import sharp from 'sharp'

const grooves = Array.from({ length: 22 }, (_, index) => {
  const radius = 150 + index * 11.5
  return `<circle cx="330" cy="520" r="${radius}" fill="none" stroke="#f3e6cf" stroke-opacity="${index % 5 === 0 ? 0.2 : 0.08}" stroke-width="1.6"/>`
}).join('')

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="0 0 800 800">
  <rect width="800" height="800" fill="#f3e6cf"/>
  <circle cx="596" cy="190" r="104" fill="#e4572e"/>
  <path d="M0 470 C160 360 300 520 470 420 S720 330 800 380 V800 H0Z" fill="#f4b942"/>
  <path d="M0 590 C150 500 260 620 430 560 S690 480 800 540 V800 H0Z" fill="#2c7a76"/>
  <circle cx="330" cy="520" r="412" fill="#10151b"/>
  ${grooves}
  <path d="M330 520 L-40 330 A412 412 0 0 1 60 210Z" fill="#f3e6cf" fill-opacity="0.07"/>
  <path d="M330 520 L700 700 A412 412 0 0 1 590 840Z" fill="#f3e6cf" fill-opacity="0.07"/>
  <circle cx="330" cy="520" r="132" fill="#f4b942"/>
  <path d="M199 536 C260 500 330 560 461 506 A132 132 0 0 1 199 536Z" fill="#2c7a76"/>
  <circle cx="372" cy="466" r="27" fill="#e4572e"/>
  <circle cx="330" cy="520" r="11" fill="#f3e6cf"/>
  <g fill="none" stroke="#c8331b" stroke-linecap="round">
    <path d="M722 84 L664 470 L556 604" stroke-width="17" stroke-linejoin="round"/>
    <path d="M576 580 L536 629" stroke-width="34"/>
  </g>
  <circle cx="722" cy="84" r="46" fill="#10151b"/>
  <circle cx="722" cy="84" r="21" fill="#c8331b"/>
</svg>`

/** 600 pixels square. */
export async function drawCover(): Promise<Buffer> {
  return sharp(Buffer.from(svg)).resize(600, 600).jpeg({ quality: 82, mozjpeg: true }).toBuffer()
}
