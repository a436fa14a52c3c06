import { type Language, languages, t } from '../../messages/index.ts'
import { Button } from '../../parts/button.tsx'
import { Switch } from '../../parts/switch.tsx'
import { openOverlay } from '../../state/overlay.ts'
import { chosenLanguage, hasShortcuts, type Look, look, looks, tellsSongs } from '../../state/settings.ts'

export function PageSettings() {
  return (
    <div class="fields">
      <label class="field">
        <span>{t('page.language')}</span>
        <select
          value={chosenLanguage.value ?? ''}
          onChange={(event) => {
            chosenLanguage.value = (event.currentTarget.value || undefined) as Language | undefined
          }}
        >
          <option value="">{t('page.asBrowser')}</option>
          {Object.entries(languages).map(([tag, name]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t('page.look')}</span>
        <select
          value={look.value}
          onChange={(event) => {
            look.value = event.currentTarget.value as Look
          }}
        >
          {looks.map((one) => (
            <option key={one} value={one}>
              {t(`page.look.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <Switch
        label={t('page.shortcuts')}
        hint={t('page.shortcutsHint')}
        isOn={hasShortcuts.value}
        onChange={(isOn) => {
          hasShortcuts.value = isOn
        }}
      />
      <Switch
        label={t('page.tellSongs')}
        hint={t('page.tellSongsHint')}
        isOn={tellsSongs.value}
        onChange={(isOn) => {
          tellsSongs.value = isOn
        }}
      />
      <div>
        <Button onClick={() => openOverlay({ kind: 'keys' })}>{t('keys.title')}</Button>
      </div>
    </div>
  )
}
