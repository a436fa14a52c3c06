// music-metadata makes its tables of tag names anew for each file, a third of the time that reading one takes.
// They never change, so here each is made once. Its classes have no door for that: we stand between them and the
// class they are made by, and where a newer version is built otherwise, reading is merely slower.

interface TagMapper {
  readonly tagTypes: readonly string[]
  readonly tagMap: object
}
type MapperClass = new (tagTypes: readonly string[], tagMap: object) => TagMapper

interface Inside {
  readonly CombinedTagMapper: new () => { readonly tagMappers: Readonly<Record<string, TagMapper>> }
  readonly CaseInsensitiveTagMap: MapperClass
  readonly CommonTagMapper: MapperClass
}

export async function keepTagMaps(): Promise<void> {
  try {
    const { CombinedTagMapper, CaseInsensitiveTagMap, CommonTagMapper } = await openInside()
    const KeptTagMap = keptTagMap(CommonTagMapper)
    for (const mapper of Object.values(new CombinedTagMapper().tagMappers))
      if (Object.getPrototypeOf(mapper.constructor) === CaseInsensitiveTagMap)
        Object.setPrototypeOf(mapper.constructor, KeptTagMap)
  } catch {
    // Another version, arranged otherwise.
  }
}

/** What CaseInsensitiveTagMap makes, but once for each table. */
function keptTagMap(CommonTagMapper: MapperClass): MapperClass {
  const kept = new WeakMap<object, object>()
  return class extends CommonTagMapper {
    constructor(tagTypes: readonly string[], tagMap: object) {
      let upper = kept.get(tagMap)
      if (upper === undefined) {
        upper = Object.fromEntries(
          Object.entries(tagMap).map(([name, common]) => [name.toUpperCase(), common]),
        )
        kept.set(tagMap, upper)
      }
      super(tagTypes, upper)
    }
  }
}

export async function openInside(): Promise<Inside> {
  const entry = import.meta.resolve('music-metadata')
  const modules = ['CombinedTagMapper', 'CaseInsensitiveTagMap', 'GenericTagMapper'].map(
    (name) => import(new URL(`./common/${name}.js`, entry).href) as Promise<Partial<Inside>>,
  )
  return Object.assign({}, ...(await Promise.all(modules))) as Inside
}
