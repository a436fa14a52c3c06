// Words that names and titles are made of, by language. Scripts are what matters: collation, folding and index letters.

export interface Language {
  /** Of all artists, out of 1,000. */
  readonly share: number
  readonly adjectives: readonly string[]
  readonly nouns: readonly string[]
  readonly given: readonly string[]
  readonly family: readonly string[]
  /** `$a` is an adjective, `$n` a noun, `$m` another. The first ones come more often. */
  readonly titles: readonly string[]
  readonly bands: readonly string[]
  /** Whether people of this language tag names for sorting as "family, given". */
  readonly sortsByFamily: boolean
}

const english: Language = {
  share: 560,
  adjectives: list(
    'Electric Broken Silver Golden Midnight Blue Wild Lonely Sweet Endless Crazy Little Burning Secret Hollow Summer Lost Frozen Velvet Crystal Neon Quiet Paper Distant Holy Bitter Crimson Restless Empty Sacred Wicked Faded Hidden Gentle Heavy Rusty Violet Northern Southern Ancient Perfect Simple Second Last First Falling Rolling Shining Sleeping Dancing Drifting Rising Stolen Borrowed Tender Stormy Cosmic Magnetic Plastic Marble',
  ),
  nouns: list(
    'Love Night Heart Fire Rain River Light Dream Road Moon Sky Ocean Summer Shadow Star Train Window Mirror Angel Highway Garden City Stone Thunder Morning Sunday Soul Letter Dance Ghost Island Winter Mountain Radio Kingdom Diamond Echo Harbor Circle Machine Valley Bridge Wolf Raven Sailor Stranger Lover Daughter Brother Sister Queen King Prayer Promise Whisper Silence Story Song Rhythm Melody Feather Candle Lantern Engine Satellite Horizon Avenue Station Carousel Cathedral Memory Tomorrow Yesterday Forever Weekend Holiday Telephone Picture Lightning Hurricane Desert Canyon Meadow Orchard Willow Cedar Rose Lily',
  ),
  given: list(
    'James Mary John Linda Robert Susan Michael Karen David Nancy William Lisa Richard Betty Joseph Helen Thomas Sandra Charles Donna Daniel Carol Matthew Ruth Anthony Sharon Mark Michelle Paul Laura Steven Sarah Andrew Kimberly Kenneth Deborah Joshua Jessica Kevin Shirley Brian Cynthia George Angela Edward Melissa Ronald Brenda Timothy Amy',
  ),
  family: list(
    'Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts',
  ),
  titles: [
    '$a $n',
    '$n of the $m',
    'The $a $n',
    '$n',
    '$a $n of $m',
    '$n and $m',
    '$n in the $m',
    'My $a $n',
    '$a, $a $n',
    "Don't Take My $a $n",
    '$a $m $n',
    'When the $n Meets the $m',
    'No More $n',
    '$a',
    '¿$n?',
    '7 $a $ns',
  ],
  bands: [
    'The $a $ns',
    '$a $n',
    'The $ns',
    '$n & $m',
    '$a $n Orchestra',
    '$n',
    'The $n $m Project',
    '$a $m Quartet',
  ],
  sortsByFamily: true,
}

const others: readonly Language[] = [
  language(
    70,
    'Kalte Stille Graue Schöne Süße Große Blaue Weiße Müde Fröhliche Verlorene Letzte',
    'Straße Nacht Liebe Sehnsucht Träne Brücke Sonne Blume Erde Wüste Küste Mühle Stimme Grüße Wölfe Flügel Äpfel Öfen',
    'Jürgen Käthe Günther Bärbel Uwe Heike Björn Änne',
    'Müller Schröder Weiß Groß Köhler Jäger Bürger Strauß Öztürk',
  ),
  language(
    60,
    'Petite Douce Belle Dernière Première Étrange Éternelle Bleue Française Légère',
    'Chanson Été Forêt Étoile Fenêtre Mélodie Rivière Fête Âme Île Œuvre Fleur Soirée Lumière Noël',
    'François Hélène Benoît Zoé Jérôme Chloé Rémi Édith',
    'Lefèvre Garçon Béranger Dubois Côté Moreau Brassens Étienne',
  ),
  language(
    60,
    'Última Triste Loca Pequeña Dulce Negra Azul Eterna',
    'Canción Corazón Noche Mañana Niña Sueño Luna Lágrima Montaña Guitarra Pasión Ilusión Año',
    'José María Ángel Inés Joaquín Begoña Íñigo Lucía',
    'Núñez Peña Gutiérrez Ibáñez Muñoz Álvarez Ordóñez',
  ),
  language(
    25,
    'Żółta Śpiąca Cicha Łagodna Ciemna Ostatnia',
    'Łódź Miłość Noc Gwiazda Ścieżka Rzeka Źródło Ćma Świat Księżyc',
    'Łukasz Żaneta Śmigły Krzysztof Małgorzata',
    'Wałęsa Żółkiewski Łoś Śliwa Dąbrowska',
  ),
  language(
    20,
    'Øde Stille Blå Ærlig Kjære Gammel',
    'Ånd Ø Sjø Kjærlighet Fjell Drøm Sne Sang Bølge',
    'Øyvind Åse Bjørn Søren Ægir',
    'Ødegård Ås Kjær Sørensen Þórsdóttir',
  ),
  language(
    20,
    'Kırmızı Güzel İnce Yalnız Sessiz',
    'Gökyüzü Işık Şarkı Çiçek İstanbul Rüya Yağmur Özlem Aşk',
    'İbrahim Çiğdem Şebnem Ömer Işıl',
    'Yıldız Çelik Şahin Öztürk Ilgaz',
  ),
  language(
    15,
    'Đẹp Buồn Xa Vàng Trắng',
    'Tình Yêu Mưa Đêm Biển Sông Nhớ Hà_Nội',
    'Trịnh Nguyễn Phạm Đặng Lê',
    'Sơn Ánh Hồng Đức Thảo',
  ),
  language(
    55,
    'Белая Чёрная Последняя Тихая Красная Старая Моя Дальняя',
    'солнце Ночь Любовь Звезда Дорога Река Зима Ёлка Песня Весна Метель Сердце Город Дождь',
    'Виктор Анна Борис Жанна Владимир Алёна Юрий Зоя',
    'Цой Пугачёва Высоцкий Земфирова Окуджава Щербаков Шевчук',
    true,
  ),
  language(
    15,
    'Μικρή Μεγάλη Παλιά Γλυκιά Άσπρη',
    'Θάλασσα Νύχτα Αγάπη Ήλιος Φεγγάρι Καρδιά Όνειρο Ψυχή',
    'Μίκης Νάνα Γιώργος Ελένη Ορέστης',
    'Θεοδωράκης Χατζιδάκις Μούσχουρη Άλκηστις',
    true,
  ),
  language(
    12,
    'לבן שחור ישן רחוק',
    'אהבה לילה שמש ים שיר ירח לב דרך',
    'אריק שלמה נעמי יהודית',
    'איינשטיין ארצי שמר רביץ',
    true,
  ),
  language(
    20,
    'الجميل البعيد الأخير القديم',
    'حب ليل قمر بحر قلب نجمة أغنية طريق',
    'أم فيروز عبد فريد',
    'كلثوم الحليم الأطرش وهبي',
    true,
  ),
  language(
    18,
    'नया पुराना मेरा सुंदर',
    'प्यार रात चाँद दिल सपना बारिश गीत सूरज',
    'लता किशोर आशा मोहम्मद',
    'मंगेशकर कुमार भोसले रफ़ी',
  ),
  language(10, 'ใหม่ เก่า งาม ไกล', 'รัก คืน ฝน ดวงจันทร์ ทะเล หัวใจ ฝัน', 'สมชาย มานี ปิติ วีระ', 'ทองดี ใจดี สุขใจ'),
  unspaced(
    40,
    '青い 遠い 小さな 白い 夏の 最後の',
    '恋 夜 夢 空 海 桜 雨 花火 ラブソング 東京 ギター 約束 さくら',
    '宇多田 椎名 坂本 中島 ハナレ',
    'ヒカル 林檎 龍一 みゆき グミ',
  ),
  unspaced(
    25,
    '푸른 하얀 작은 먼',
    '사랑 밤 별 바다 꿈 비 봄날 노래 서울 마음',
    '김 이 박 최 정',
    '광석 문세 효신 지은 태지',
  ),
  unspaced(
    35,
    '遥远的 红色的 最后的 美丽的',
    '月亮 爱情 夜晚 海 梦 雨 北京 春天 歌 故乡 星星',
    '邓 王 周 崔 李',
    '丽君 菲 杰伦 健 宗盛',
  ),
]

export const languages: readonly Language[] = [english, ...others]

export const genres: readonly string[] = list(
  'Rock Pop Jazz Classical Electronic Hip-Hop Folk Metal Blues Country Soul Reggae Punk Ambient Soundtrack World House Techno Latin Indie Funk Disco Gospel Chanson Schlager Ska Swing Opera Bossa_Nova J-Pop K-Pop Klezmer Drum_&_Bass Trip-Hop Grunge New_Wave Shoegaze Post-Rock Рок 演歌',
)

export const albumNames: readonly string[] = [
  'Greatest Hits',
  'Live',
  'Unplugged',
  'Best of',
  'Demos',
  'B-Sides',
]
export const compilationNames: readonly string[] = [
  'Now $n',
  '$a $n Classics',
  'The Sound of $n',
  '$a $ns of the Year',
]
export const titleEndings: readonly string[] = [
  ' (Live)',
  ' (Remix)',
  ', Pt. 2',
  ' (Acoustic)',
  ' [Demo]',
  ' – 2011 Remaster',
]
export const comments: readonly string[] = [
  'Ripped with care',
  'Bought at the concert ♪',
  'http://example.org/music',
  '© 2009, all rights reserved',
]

function language(
  share: number,
  adjectives: string,
  nouns: string,
  given: string,
  family: string,
  sortsByFamily = false,
): Language {
  return {
    share,
    adjectives: list(adjectives),
    nouns: list(nouns),
    given: list(given),
    family: list(family),
    titles: ['$a $n', '$n', '$n $m', '$n – $m', '$a $a $n', '$a $n $m', '$n, $n, $m'],
    bands: ['$a $n', '$n', '$n $m'],
    sortsByFamily,
  }
}

function unspaced(share: number, adjectives: string, nouns: string, family: string, given: string): Language {
  const spaced = language(share, adjectives, nouns, family, given)
  return {
    ...spaced,
    titles: ['$a$n', '$n', '$n$m', '$a$n$m', '$n ～ $m', '$n$n$n'],
    bands: ['$a$n', '$n', '$n$m'],
  }
}

/** `_` stands for a space inside a name. */
function list(words: string): string[] {
  return words.split(' ').map((word) => word.replaceAll('_', ' '))
}
